package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouterTest {

    private static final ApiResponse ANSWER = ApiResponse.json(1);

    private final Router router = new Router()
            .on("GET", "/", request -> ANSWER)
            .on("GET", "/schemas/types", request -> ANSWER)
            .on("GET", "/subjects/{subject}/versions", request -> ANSWER)
            .on("POST", "/subjects/{subject}/versions", request -> ANSWER);

    @Test
    void shouldDecodeVariables() {
        assertThat(router.find("GET", "/subjects/a%2Fb+c%20%C3%A4/versions/").variables())
                .isEqualTo(Map.of("subject", "a/b+c ä"));
        assertThat(router.find("GET", "/").variables()).isEmpty();
    }

    @Test
    void shouldTellAMissingPathFromAMissingMethod() {
        assertThat(catchThrowableOfType(ApiException.class, () -> router.find("GET", "/nothing"))
                        .status())
                .isEqualTo(404);
        ApiException e = catchThrowableOfType(ApiException.class, () -> router.find("PUT", "/subjects/s/versions"));
        assertThat(e.status()).isEqualTo(405);
        assertThat(e).hasMessageContaining("GET, POST");
    }

    @Test
    void shouldRefuseABrokenEncoding() {
        assertThat(catchThrowableOfType(ApiException.class, () -> router.find("GET", "/subjects/%zz/versions"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldReadQueries() {
        assertThat(Router.query("a=1&b&c=x%26+y")).isEqualTo(Map.of("a", "1", "b", "", "c", "x& y"));
    }
}
