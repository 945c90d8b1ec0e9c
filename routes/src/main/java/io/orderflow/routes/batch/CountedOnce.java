package io.orderflow.routes.batch;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database that is asked once how many parameters a statement has. camel-jdbc asks before every execution, and each time the server
 * has to be waited for.
 */
class CountedOnce extends DelegatingDataSource implements AutoCloseable {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    CountedOnce(DataSource database) {
        super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        return proxy(Connection.class, (method, arguments) -> {
            var answer = invoke(connection, method, arguments);
            return answer instanceof PreparedStatement statement ? counted(statement, (String) arguments[0]) : answer;
        });
    }

    @Override
    public void close() throws SQLException {
        unwrap(HikariDataSource.class).close();
    }

    private PreparedStatement counted(PreparedStatement statement, String sql) {
        return proxy(PreparedStatement.class, (method, arguments) -> method.getName().equals("getParameterMetaData") ? count(statement, sql) : invoke(statement, method, arguments));
    }

    private ParameterMetaData count(PreparedStatement statement, String sql) throws SQLException {
        var known = counts.get(sql);
        var count = known == null ? statement.getParameterMetaData().getParameterCount() : known;
        counts.put(sql, count);
        return proxy(ParameterMetaData.class, (method, arguments) -> method.getName().equals("getParameterCount") ? count : invoke(statement.getParameterMetaData(), method, arguments));
    }

    private interface Call {
        Object run(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(CountedOnce.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> call.run(method, arguments)));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
