package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.boot.FlashsaleProperties.SchemaAtStart;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/** Once this bean is there, Flashsale's tables are ready. */
final class FlashsaleSchema implements InitializingBean {

    private final SchemaAtStart mode;
    private final Supplier<DataSource> dataSource;

    /** @param dataSource not asked for if there is nothing to do */
    FlashsaleSchema(SchemaAtStart mode, Supplier<DataSource> dataSource) {
        this.mode = mode;
        this.dataSource = dataSource;
    }

    @Override
    public void afterPropertiesSet() {
        switch (mode) {
            case MIGRATE -> Schema.migrate(dataSource.get());
            case VALIDATE -> Schema.validate(dataSource.get());
            case NONE -> {}
        }
    }
}
