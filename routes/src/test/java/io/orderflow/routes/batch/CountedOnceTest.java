package io.orderflow.routes.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class CountedOnceTest {
    private final List<String> asked = new ArrayList<>();

    private final CountedOnce database = new CountedOnce(new AbstractDataSource() {
        @Override
        public Connection getConnection() {
            return stub(Connection.class, (proxy, method, arguments) -> prepared((String) arguments[0]));
        }

        @Override
        public Connection getConnection(String username, String password) {
            throw new UnsupportedOperationException();
        }
    });

    /** A server whose statements have as many parameters as question marks, and where none can be run. */
    private PreparedStatement prepared(String sql) {
        return stub(PreparedStatement.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getParameterMetaData"))
                throw new SQLException("no such table", "42P01");
            asked.add(sql);
            return stub(ParameterMetaData.class, (metaData, question, index) -> (int) sql.chars().filter(c -> c == '?').count());
        });
    }

    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(CountedOnceTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void theServerIsAskedOnceForEachStatement() throws SQLException {
        var connection = database.getConnection();
        for (var sql : List.of("select ?", "select ?, ?", "select ?", "select ?, ?"))
            assertThat(connection.prepareStatement(sql).getParameterMetaData().getParameterCount()).isEqualTo((int) sql.chars().filter(c -> c == '?').count());

        assertThat(asked).containsExactly("select ?", "select ?, ?");
    }

    @Test
    void aFailureComesThroughAsItIs() throws SQLException {
        var statement = database.getConnection().prepareStatement("select ?");

        assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class).hasMessage("no such table");
    }
}
