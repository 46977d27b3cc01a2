package io.millrace.registry;

import org.junit.jupiter.api.Test;

final class MillraceClientTest {

    @Test
    void shouldServeTheClientThatMillraceUses() {
        try (TestServer server = new TestServer(new InMemorySchemaLog())) {
            MillraceClientContract.verify(server.url().toString());
        }
    }
}
