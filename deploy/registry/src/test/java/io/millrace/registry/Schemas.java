package io.millrace.registry;

/** Schemas for tests. */
final class Schemas {

    static final String V1 = record("R", "{'name':'a','type':'int'}");
    /** Reads V1 and is read by it. */
    static final String V2 = record("R", "{'name':'a','type':'int'},{'name':'b','type':'string','default':''}");
    /** Reads neither, since its field has no default; both read it. */
    static final String V3 = record("R", "{'name':'a','type':'int'},{'name':'c','type':'string'}");
    /** Reads none of them. */
    static final String OTHER = record("R", "{'name':'a','type':'bytes'}");

    private Schemas() {}

    static String record(String name, String fields) {
        return ("{'type':'record','name':'" + name + "','fields':[" + fields + "]}").replace('\'', '"');
    }
}
