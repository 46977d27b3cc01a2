package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class ContractsTest {

    @Test
    void shouldDocumentEveryRecordAndField() {
        Map<String, Schema> contracts = Contracts.in(Contracts.CURRENT);
        assertThat(contracts).containsKeys("Quarantined.avsc", "SourceEnd.avsc", "SourceEndKey.avsc");
        contracts.values().forEach(ContractsTest::check);
    }

    @Test
    void shouldStandInAFileOfItsName() {
        Contracts.in(Contracts.CURRENT)
                .forEach((file, contract) ->
                        assertThat(contract.getFullName() + ".avsc").isEqualTo("io.millrace.event." + file));
    }

    private static void check(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
                for (Schema.Field field : schema.getFields()) {
                    assertThat(field.doc())
                            .as(schema.getFullName() + "." + field.name())
                            .isNotBlank();
                    check(field.schema());
                }
            }
            case ARRAY -> check(schema.getElementType());
            case MAP -> check(schema.getValueType());
            case UNION -> schema.getTypes().forEach(ContractsTest::check);
            default -> {}
        }
    }
}
