package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.util.UUID;

@Entity
class Booking {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private UUID holdId;
    private String note;

    protected Booking() {}

    Booking(UUID holdId, String note) {
        this.holdId = holdId;
        this.note = note;
    }
}
