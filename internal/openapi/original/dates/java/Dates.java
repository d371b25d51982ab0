import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads dates of answers and prints each as milliseconds since 1970, or "no bound". */
public class Dates {
    static Instant readDate(String text) {
        if (text == null || text.isEmpty() || text.startsWith("0001-01-01")) {
            return null; // no bound
        }
        return OffsetDateTime.parse(text).toInstant();
    }

    public static void main(String[] arguments) {
        for (String argument : arguments) {
            Instant date = readDate(argument);
            System.out.println(date == null ? "no bound" : date.toEpochMilli());
        }
    }
}
