package io.millrace.engine.row;

import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Readers of unions. Null and one other branch are a column that may be null. More branches are a ROW with a field for each
 * one, named after it as Avro's JSON does ({@code string}, {@code long}, a record's name), all of them null but that of the
 * value's branch; or, for a column that is no ROW, values of whichever branches can be one of its type.
 */
final class UnionReaders {

    private UnionReaders() {}

    static ValueReader of(Schema union, RelDataType type, ColumnPath path) {
        boolean isGeneral = ValueReader.branches(union).size() > 1;
        return isGeneral && type.getSqlTypeName() == SqlTypeName.ROW
                ? row(union, type, path)
                : anyBranch(union, type, path);
    }

    private static ValueReader anyBranch(Schema union, RelDataType type, ColumnPath path) {
        List<Schema> branches = union.getTypes();
        ValueReader[] readers = new ValueReader[branches.size()];
        IllegalArgumentException refusal = null;
        boolean isReadable = false;
        for (int i = 0; i < readers.length; i++) {
            Schema branch = branches.get(i);
            try {
                readers[i] = ValueReader.of(branch, type, path);
                isReadable |= branch.getType() != Schema.Type.NULL;
            } catch (IllegalArgumentException e) {
                refusal = e;
                readers[i] = refusing(branch, type, path);
            }
        }
        if (refusal != null && !isReadable) {
            throw refusal;
        }
        return decoder -> readers[decoder.readIndex()].read(decoder);
    }

    private static ValueReader refusing(Schema branch, RelDataType type, ColumnPath path) {
        UnfitValueException unfit =
                new UnfitValueException("a value of the branch " + name(branch) + " is no " + ExactValues.name(type));
        return decoder -> {
            throw unfit.at(path);
        };
    }

    private record Branch(int field, @Nullable ValueReader reader) {}

    private static ValueReader row(Schema union, RelDataType type, ColumnPath path) {
        List<RelDataTypeField> fields = type.getFieldList();
        List<Schema> schemas = union.getTypes();
        Branch[] branches = new Branch[schemas.size()];
        boolean isAnyNamed = false;
        for (int i = 0; i < branches.length; i++) {
            branches[i] = branch(schemas.get(i), fields, path);
            isAnyNamed |= branches[i].field() >= 0;
        }
        if (!isAnyNamed) {
            throw new IllegalArgumentException("Column '" + path
                    + "' is a ROW, but the topic holds a union: the fields of its ROW are named "
                    + ValueReader.branches(union).stream()
                            .map(UnionReaders::name)
                            .toList());
        }
        return decoder -> {
            int index = decoder.readIndex();
            Branch branch = branches[index];
            if (branch.reader() == null) {
                throw new UnfitValueException(
                                "the ROW has no field for a value of the branch " + name(schemas.get(index)))
                        .at(path);
            }
            Object value = branch.reader().read(decoder);
            if (branch.field() < 0) {
                return null;
            }
            @Nullable Object[] row = new Object[fields.size()];
            row[branch.field()] = value;
            return row;
        };
    }

    private static Branch branch(Schema branch, List<RelDataTypeField> fields, ColumnPath path) {
        if (branch.getType() == Schema.Type.NULL) {
            return new Branch(-1, ValueReader.NULL);
        }
        for (RelDataTypeField field : fields) {
            ColumnPath place = path.field(field.getName());
            if (!field.getType().isNullable()) {
                throw new IllegalArgumentException("Column '" + place
                        + "' is NOT NULL, but the topic holds a union: it is null for the values of other branches");
            }
            if (field.getName().toLowerCase(Locale.ROOT).equals(name(branch).toLowerCase(Locale.ROOT))) {
                return new Branch(field.getIndex(), ValueReader.of(branch, field.getType(), place));
            }
        }
        return new Branch(-1, null);
    }

    /** A branch's name; records of the same name in different namespaces are not told apart. */
    private static String name(Schema branch) {
        return branch.getName();
    }
}
