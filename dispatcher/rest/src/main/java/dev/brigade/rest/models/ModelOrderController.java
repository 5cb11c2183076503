package dev.brigade.rest.models;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ModelOrderController {

    private final ModelOrders orders;

    ModelOrderController(ModelOrders orders) {
        this.orders = orders;
    }

    @PostMapping("/v1/models/{id}/load")
    void load(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        orders.load(id, response);
    }

    @PostMapping("/v1/models/{id}/unload")
    void unload(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        orders.unload(id, response);
    }

    /** Out of memory only: its file stays. */
    @DeleteMapping("/api/v1/models/local/{id}")
    void delete(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        orders.unload(id, response);
    }
}
