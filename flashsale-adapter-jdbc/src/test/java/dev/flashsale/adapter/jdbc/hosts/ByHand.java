package dev.flashsale.adapter.jdbc.hosts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The host's rows by JDBC, on the connection of its transaction. */
public record ByHand(Connection connection) implements Host.Bookings {

    @Override
    public void add(UUID holdId, String note) {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into booking (hold_id, note) values (?, ?)")) {
            insert.setBytes(1, HostRun.bytes(holdId));
            insert.setString(2, note);
            insert.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public int count(UUID holdId) {
        return Integer.parseInt(first("select count(*) from booking where hold_id = ?", HostRun.bytes(holdId)));
    }

    @Override
    public String isolation() {
        return first("select @@transaction_isolation");
    }

    private String first(String sql, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int number = 1; number <= parameters.length; number++) {
                statement.setObject(number, parameters[number - 1]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
