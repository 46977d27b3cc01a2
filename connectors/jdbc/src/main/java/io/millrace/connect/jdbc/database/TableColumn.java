package io.millrace.connect.jdbc.database;

/**
 * A column as the database's metadata tells it.
 *
 * @param name its name, letter for letter
 * @param typeName the database's own name of its type
 * @param jdbcType the number of its type in {@link java.sql.Types}; for a domain that of the type beneath
 * @param size digits in all of a decimal, characters of a text
 * @param scale digits behind the point of a decimal
 * @param nullable whether a row may lack it
 * @param filledIn whether the database fills it in when an INSERT does not name it
 */
public record TableColumn(
        String name, String typeName, int jdbcType, int size, int scale, boolean nullable, boolean filledIn) {

    /** The column of rows that all have a value in it. */
    public TableColumn present() {
        return new TableColumn(name, typeName, jdbcType, size, scale, false, filledIn);
    }
}
