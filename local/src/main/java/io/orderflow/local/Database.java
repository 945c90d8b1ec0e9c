package io.orderflow.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One service's own database, with the login role that owns it and sees no other. */
public record Database(String name, String url, String username, String password) {

    /** Opens one plain connection, for set-up and for checks; the apps have pools of their own. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    /** Tells which database it is and keeps its password. */
    @Override
    public String toString() {
        return url + " as " + username;
    }
}
