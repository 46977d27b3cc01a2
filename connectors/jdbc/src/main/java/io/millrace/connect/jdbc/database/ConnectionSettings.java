package io.millrace.connect.jdbc.database;

import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Where a database is and who asks.
 *
 * @param url the JDBC URL
 * @param user the user; empty when the URL or the database decides
 * @param password the user's password; empty when there is none
 * @param application the name that the database shows for the session
 */
public record ConnectionSettings(String url, String user, Password password, String application) {

    public static final String URL = "connection.url";
    public static final String USER = "connection.user";
    public static final String PASSWORD = "connection.password";

    private static final ConfigDef.Validator URL_VALIDATOR = new ConfigDef.Validator() {
        @Override
        public void ensureValid(String key, Object value) {
            if (value != null && Dialects.of(value.toString()) == null) {
                throw new ConfigException(key + " begins with no known database: '"
                        + withoutCredentials(value.toString()) + "'; it begins with " + this);
            }
        }

        @Override
        public String toString() {
            return Dialects.prefixes();
        }
    };

    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        URL_VALIDATOR,
                        Importance.HIGH,
                        "The JDBC URL of the database, for example jdbc:postgresql://host:5432/database; the driver's parameters go behind a question mark",
                        "Connection",
                        1,
                        ConfigDef.Width.LONG,
                        "URL")
                .define(
                        USER,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "The database user",
                        "Connection",
                        2,
                        ConfigDef.Width.MEDIUM,
                        "User")
                .define(
                        PASSWORD,
                        Type.PASSWORD,
                        "",
                        Importance.HIGH,
                        "The user's password; it is in no message and no log",
                        "Connection",
                        3,
                        ConfigDef.Width.MEDIUM,
                        "Password");
    }

    public static ConnectionSettings of(AbstractConfig config, String connector) {
        return new ConnectionSettings(
                config.getString(URL), config.getString(USER), config.getPassword(PASSWORD), "millrace " + connector);
    }

    /** The dialect that the URL asks for. */
    public Dialect dialect() {
        Dialect dialect = Dialects.of(url);
        if (dialect == null) {
            throw new ConnectException(URL + " '" + place() + "' begins with no known database");
        }
        return dialect;
    }

    /** Everything that the driver is told apart from the URL. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.putAll(dialect().connectionProperties(application));
        if (!user.isEmpty()) {
            properties.put("user", user);
        }
        if (!password.value().isEmpty()) {
            properties.put("password", password.value());
        }
        return properties;
    }

    /** The URL for messages. */
    public String place() {
        return withoutCredentials(url);
    }

    /** A URL's parameters and what stands before an at sign can hold a password. */
    public static String withoutCredentials(String url) {
        int parameters = url.indexOf('?');
        String place = parameters < 0 ? url : url.substring(0, parameters);
        List<String> halves = List.of(place.split("//", 2));
        int at = halves.get(halves.size() - 1).lastIndexOf('@');
        return at < 0 || halves.size() < 2
                ? place
                : halves.get(0) + "//" + halves.get(1).substring(at + 1);
    }

    @Override
    public String toString() {
        return place();
    }
}
