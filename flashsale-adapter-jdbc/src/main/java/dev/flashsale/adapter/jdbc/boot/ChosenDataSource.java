package dev.flashsale.adapter.jdbc.boot;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/** The host's DataSource that Flashsale's tables are in. */
record ChosenDataSource(DataSource dataSource) {

    /**
     * @param name of a bean, or empty
     * @param marked those that bear {@link FlashsaleDataSource}
     * @param all in which there may be one, or one that is primary
     * @throws DataSourceNotChosen if nothing says which
     */
    static ChosenDataSource of(
            String name, ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all, ListableBeanFactory beans) {
        List<String> names = Arrays.asList(beans.getBeanNamesForType(DataSource.class, true, false));
        if (!name.isBlank()) {
            if (!names.contains(name)) {
                throw new DataSourceNotChosen(
                        "flashsale.datasource is " + name + ", and there is no DataSource of that name, but: "
                                + String.join(", ", names),
                        "Set flashsale.datasource to the name of one of these beans.");
            }
            return new ChosenDataSource(beans.getBean(name, DataSource.class));
        }
        long markedOnes = marked.stream().count();
        DataSource chosen = markedOnes == 0 ? all.getIfUnique() : marked.getIfUnique();
        if (chosen == null) {
            throw new DataSourceNotChosen(
                    (markedOnes == 0
                                    ? "There are several DataSources, and none of them is marked or primary: "
                                    : "Several DataSources bear @FlashsaleDataSource, among: ")
                            + String.join(", ", names),
                    "Put @FlashsaleDataSource on the one that Flashsale's tables are to be in, or set"
                            + " flashsale.datasource to its name. If Flashsale is in use without its auto-configuration:"
                            + " spring.autoconfigure.exclude=" + FlashsaleAutoConfiguration.class.getName());
        }
        return new ChosenDataSource(chosen);
    }
}
