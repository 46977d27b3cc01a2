package io.millrace.connect.jdbc.sink;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How tables may change.
 *
 * @param creates whether a table that is not there is made
 * @param columns what to do about a field without a column
 * @param types what to do about a column that is too narrow for its field
 * @param nulls what to do about a column that may not be null where its field is optional or not there
 * @param isDry whether changes are shown and left to somebody else
 */
record Evolution(boolean creates, ChangePolicy columns, ChangePolicy types, ChangePolicy nulls, boolean isDry) {

    static final String AUTO_CREATE = "auto.create";
    static final String COLUMNS = "evolve.columns";
    static final String TYPES = "evolve.types";
    static final String NULLS = "evolve.nulls";
    static final String DRY_RUN = "dry.run";

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        AUTO_CREATE,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether a table that is not there is made, after the first record's schema",
                        "Table",
                        6,
                        ConfigDef.Width.SHORT,
                        "Create tables")
                .define(
                        COLUMNS,
                        Type.STRING,
                        "fail",
                        ConfigDef.ValidString.in(ChangePolicy.NAMES),
                        Importance.MEDIUM,
                        "When the table has no column for a field: evolve adds it, ignore leaves the field out, pause waits until somebody has added it, fail ends the task",
                        "Changes",
                        1,
                        ConfigDef.Width.SHORT,
                        "Missing columns")
                .define(
                        TYPES,
                        Type.STRING,
                        "ignore",
                        ConfigDef.ValidString.in(ChangePolicy.NAMES),
                        Importance.MEDIUM,
                        "When a column is too narrow for its field, such as an integer for an INT64: evolve widens it, ignore writes the values that fit, pause and fail as above",
                        "Changes",
                        2,
                        ConfigDef.Width.SHORT,
                        "Narrow columns")
                .define(
                        NULLS,
                        Type.STRING,
                        "fail",
                        ConfigDef.ValidString.in(ChangePolicy.NAMES),
                        Importance.MEDIUM,
                        "When a column is NOT NULL that records lack: evolve drops that, also where a field is optional; ignore leaves it to the database, which refuses the rows; pause and fail as above",
                        "Changes",
                        3,
                        ConfigDef.Width.SHORT,
                        "Required columns")
                .define(
                        DRY_RUN,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether statements that would make or change a table are shown instead of run: the sink logs them and waits until somebody has run them",
                        "Changes",
                        4,
                        ConfigDef.Width.SHORT,
                        "Dry run");
    }

    static Evolution of(AbstractConfig config) {
        return new Evolution(
                config.getBoolean(AUTO_CREATE),
                ChangePolicy.of(config.getString(COLUMNS)),
                ChangePolicy.of(config.getString(TYPES)),
                ChangePolicy.of(config.getString(NULLS)),
                config.getBoolean(DRY_RUN));
    }
}
