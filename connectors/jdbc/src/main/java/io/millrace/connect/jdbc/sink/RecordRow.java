package io.millrace.connect.jdbc.sink;

import java.util.List;

/**
 * What records of one shape have for tables.
 *
 * @param fields what goes into columns
 * @param lists what goes into tables of their own
 */
record RecordRow(List<RecordField> fields, List<RecordList> lists) {

    RecordRow {
        fields = List.copyOf(fields);
        lists = List.copyOf(lists);
    }

    List<RecordField> key() {
        return fields.stream().filter(RecordField::isPrimaryKey).toList();
    }
}
