package io.orderflow.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * One service's own database, with the role that owns it, and the login of the app, which reads and writes rows; neither sees another database.
 *
 * @param username the owner
 * @param app whom the app serves as, once the owner has made the tables
 */
public record Database(String name, String url, String username, String password, Login app) {

    /** Where one role does both. */
    public Database(String name, String url, String username, String password) {
        this(name, url, username, password, new Login(username, password));
    }

    /** Opens one plain connection as the owner, for set-up and for checks; the apps have pools of their own. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    /** What an app is told of it, below {@code orderflow.database.<name>}. */
    public Map<String, String> settings() {
        return Map.of("url", url, "username", app.username(), "password", app.password(), "owner-username", username, "owner-password", password);
    }

    /** Tells which database it is and keeps its password. */
    @Override
    public String toString() {
        return url + " as " + username;
    }
}
