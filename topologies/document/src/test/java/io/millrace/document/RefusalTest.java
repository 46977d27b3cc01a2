package io.millrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the readers refuse, the schemas refuse too, and for the same part of the document. */
final class RefusalTest {

    private static final String PIPELINE = "apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: p}\nspec: ";
    private static final String CONNECTION = "apiVersion: millrace/v1\nkind: Connection\nmetadata: {name: c}\nspec: ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {kind: Pipeline, metadata: {name: p}, spec: {sources: {s: {connector: topic}}}}                               | 'apiVersion' is missing                     | -
            {apiVersion: millrace/v2, kind: Pipeline, metadata: {name: p}, spec: {sources: {s: {connector: topic}}}}      | There is no apiVersion 'millrace/v2'        | /apiVersion
            {apiVersion: millrace/v1, metadata: {name: p}, spec: {sources: {s: {connector: topic}}}}                      | 'kind' is missing                           | -
            {apiVersion: millrace/v1, kind: Pipelines, metadata: {name: p}, spec: {sources: {s: {connector: topic}}}}     | There is no document of kind 'Pipelines'    | /kind
            {apiVersion: millrace/v1, kind: Pipeline, spec: {sources: {s: {connector: topic}}}}                           | 'metadata' is missing                       | -
            {apiVersion: millrace/v1, kind: Pipeline, metadata: , spec: {sources: {s: {connector: topic}}}}               | 'metadata' is missing                       | /metadata
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {}, spec: {sources: {s: {connector: topic}}}}             | In metadata, 'name' is missing              | /metadata
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: P}, spec: {sources: {s: {connector: topic}}}}      | 'P' is not a name                           | /metadata/name
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: 7}, spec: {sources: {s: {connector: topic}}}}      | '7' is not a name                           | /metadata/name
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: p, owner: x}, spec: {sources: {s: {connector: a}}}} | 'owner' is not a key of metadata           | /metadata
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: p, labels: x}, spec: {sources: {s: {connector: a}}}} | 'labels' takes a mapping                  | /metadata/labels
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: p, labels: {a: {}}}, spec: {sources: {s: {connector: a}}}} | 'a' takes a value or a list         | /metadata/labels/a
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: p}, status: x, spec: {sources: {s: {connector: a}}}} | 'status' is not a key of the document     | -
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: p}}                                                | 'spec' is missing                           | -
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: p}, spec: }                                        | 'spec' is missing                           | /spec
            {apiVersion: millrace/v1, kind: Pipeline, metadata: {name: p}, spec: []}                                      | 'spec' takes a mapping, not a list          | /spec
            """)
    void shouldRefuseAWrongDocument(String yaml, String problem, String place) {
        assertRefused(DocumentKind.PIPELINE, yaml, problem, place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                               | A pipeline has sources                         | /spec
            {sources: }                                                                      | A pipeline has sources                         | /spec/sources
            {sources: {}}                                                                    | A pipeline has sources                         | /spec/sources
            {sources: [s]}                                                                   | 'sources' takes a mapping, not a list          | /spec/sources
            {source: {s: {connector: topic}}}                                                | did you mean 'sources'                         | /spec
            {sources: {s: }}                                                                 | The source 's' is empty                        | /spec/sources/s
            {sources: {s: topic}}                                                            | 's' takes a mapping, not a single value        | /spec/sources/s
            {sources: {s: {}}}                                                               | In the source 's', 'connector' is missing      | /spec/sources/s
            {sources: {s: {connector: }}}                                                    | 'connector' takes one value, not nothing       | /spec/sources/s/connector
            {sources: {s: {connector: [topic]}}}                                             | 'connector' takes one value, not a list        | /spec/sources/s/connector
            {sources: {s: {connector: topic, connection: {}}}}                               | 'connection' takes one value, not a mapping    | /spec/sources/s/connection
            {sources: {s: {connector: topic, config: x}}}                                    | 'config' takes a mapping, not a single value   | /spec/sources/s/config
            {sources: {s: {connector: topic, config: {a: }}}}                                | 'a' has no value                               | /spec/sources/s/config/a
            {sources: {s: {connector: topic, config: {a: {b: c}}}}}                          | 'a' takes a value or a list, not a mapping     | /spec/sources/s/config/a
            {sources: {s: {connector: topic, config: {a: [[b]]}}}}                           | 'a' takes single values, not a list            | /spec/sources/s/config/a/0
            {sources: {s: {connector: topic, config: {a: [b, ~]}}}}                          | 'a' takes single values, not nothing           | /spec/sources/s/config/a/1
            {sources: {s: {connector: topic, columns: [id INT]}}}                            | 'columns' takes one value, not a list          | /spec/sources/s/columns
            {sources: {s: {connector: topic, as: changelog}}}                                | read as table or as stream, not as changelog   | /spec/sources/s/as
            {sources: {s: {connector: topic, as: Table, key: id}}}                           | read as table or as stream, not as Table       | /spec/sources/s/as
            {sources: {s: {connector: topic, as: table}}}                                    | The table 's' has no key                       | /spec/sources/s
            {sources: {s: {connector: topic, as: table, key: []}}}                           | The table 's' has no key                       | /spec/sources/s/key
            {sources: {s: {connector: topic, as: table, key: }}}                             | The table 's' has no key                       | /spec/sources/s/key
            {sources: {s: {connector: topic, key: {id: 1}}}}                                 | 'key' takes single values, not a mapping       | /spec/sources/s/key
            {sources: {s: {connector: topic, keys: id}}}                                     | 'keys' is not a key of the source 's'          | /spec/sources/s
            {sources: {s: {connector: jdbc, push_down: filter}}}                             | did you mean 'filters'?                        | /spec/sources/s/push_down
            {sources: {s: {connector: jdbc, push_down: [columns]}}}                          | 'push_down' takes one value, not a list        | /spec/sources/s/push_down
            {sources: {2s: {connector: topic}}}                                              | '2s' is not a name                             | /spec/sources
            {sources: {a.b: {connector: topic}}}                                             | 'a.b' is not a name                            | /spec/sources
            {sources: {Quarantine: {connector: topic}}}                                      | 'Quarantine' is the name of the topic          | /spec/sources
            {sources: {s: {connector: topic}}, steps: SELECT}                                | 'steps' takes a mapping, not a single value    | /spec/steps
            {sources: {s: {connector: topic}}, steps: {a: }}                                 | 'a' takes one value, not nothing               | /spec/steps/a
            {sources: {s: {connector: topic}}, steps: {a: {sql: SELECT}}}                    | 'a' takes one value, not a mapping             | /spec/steps/a
            {sources: {s: {connector: topic}}, steps: {a-b: SELECT}}                         | 'a-b' is not a name                            | /spec/steps
            {sources: {s: {connector: topic}}, steps: {QUARANTINE: SELECT}}                  | 'QUARANTINE' is the name of the topic          | /spec/steps
            {sources: {s: {connector: topic}}, event_time: {s: t}}                           | 's' takes a mapping, not a single value        | /spec/event_time/s
            {sources: {s: {connector: topic}}, event_time: {s: }}                            | The event time of 's' is empty                 | /spec/event_time/s
            {sources: {s: {connector: topic}}, event_time: {s: {delay: PT5M}}}               | 'column' is missing                            | /spec/event_time/s
            {sources: {s: {connector: topic}}, event_time: {s: {column: t, lag: PT5M}}}      | 'lag' is not a key                             | /spec/event_time/s
            {sources: {s: {connector: topic}}, event_time: {s: {column: t, delay: 5}}}       | '5' is not a length of time                    | /spec/event_time/s/delay
            {sources: {s: {connector: topic}}, event_time: {s: {column: t, delay: 5 WEEKS}}} | '5 WEEKS' is not a length of time              | /spec/event_time/s/delay
            {sources: {s: {connector: topic}}, event_time: {s: {column: t, delay: -5 DAYS}}} | '-5 DAYS' is not a length of time              | /spec/event_time/s/delay
            {sources: {s: {connector: topic}}, event_time: {s: {column: t, delay: PT}}}      | 'PT' is not a length of time                   | /spec/event_time/s/delay
            """)
    void shouldRefuseAWrongSource(String spec, String problem, String place) {
        assertRefused(DocumentKind.PIPELINE, PIPELINE + spec, problem, place);
        assertRefused(DocumentKind.PIPELINE_TEST, "tests: [{name: t}]\nspec: " + spec, problem, place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quality: [not_null]                                              | 'quality' takes a mapping, not a list               | /spec/quality
            quality: {s: not_null}                                           | A rule is a mapping, not a single value             | /spec/quality/s
            quality: {s: [~]}                                                | A rule is a mapping, not nothing                    | /spec/quality/s/0
            quality: {s: [{}]}                                               | A rule says what must hold                          | /spec/quality/s/0
            quality: {s: [{on_failure: warn}]}                               | A rule says what must hold                          | /spec/quality/s/0
            quality: {s: [{not_null: a, check: b}]}                          | A rule is one of not_null, check                    | /spec/quality/s/0
            quality: {s: [{unique: a}]}                                      | 'unique' is not a key of the rule                   | /spec/quality/s/0
            quality: {s: [{not_null: }]}                                     | not_null has no columns                             | /spec/quality/s/0/not_null
            quality: {s: [{not_null: []}]}                                   | not_null has no columns                             | /spec/quality/s/0/not_null
            quality: {s: [{not_null: [~]}]}                                  | 'not_null' takes single values, not nothing         | /spec/quality/s/0/not_null/0
            quality: {s: [{not_null: {column: a}}]}                          | 'not_null' takes single values, not a mapping       | /spec/quality/s/0/not_null
            quality: {s: [{between: }]}                                      | 'between' takes a mapping, not nothing              | /spec/quality/s/0/between
            quality: {s: [{between: [1, 2]}]}                                | 'between' takes a mapping, not a list               | /spec/quality/s/0/between
            quality: {s: [{between: {column: a}}]}                           | between has neither min nor max                     | /spec/quality/s/0/between
            quality: {s: [{between: {min: 1}}]}                              | 'column' is missing                                 | /spec/quality/s/0/between
            quality: {s: [{between: {column: a, min: }}]}                    | 'min' takes one value, not nothing                  | /spec/quality/s/0/between/min
            quality: {s: [{between: {column: a, min: 1, low: 2}}]}           | 'low' is not a key of between                       | /spec/quality/s/0/between
            quality: {s: [{accepted_values: }]}                              | 'accepted_values' takes a mapping, not nothing      | /spec/quality/s/0/accepted_values
            quality: {s: [{accepted_values: {column: a}}]}                   | accepted_values has no values                       | /spec/quality/s/0/accepted_values
            quality: {s: [{accepted_values: {column: a, values: []}}]}       | accepted_values has no values                       | /spec/quality/s/0/accepted_values/values
            quality: {s: [{accepted_values: {values: [a]}}]}                 | 'column' is missing                                 | /spec/quality/s/0/accepted_values
            quality: {s: [{accepted_values: {column: a, values: [1], x: 2}}]} | 'x' is not a key of accepted_values                | /spec/quality/s/0/accepted_values
            quality: {s: [{check: }]}                                        | 'check' takes one value, not nothing                | /spec/quality/s/0/check
            quality: {s: [{check: a, on_failure: ignore}]}                   | on_failure cannot be 'ignore'                       | /spec/quality/s/0/on_failure
            quality: {s: [{check: a, on_failure: WARN}]}                     | on_failure cannot be 'WARN'                         | /spec/quality/s/0/on_failure
            sinks: s                                                         | 'sinks' takes a mapping, not a single value         | /spec/sinks
            sinks: {o: }                                                     | The sink 'o' is empty                               | /spec/sinks/o
            sinks: {o: {connector: topic}}                                   | In the sink 'o', 'from' is missing                  | /spec/sinks/o
            sinks: {o: {from: s}}                                            | In the sink 'o', 'connector' is missing             | /spec/sinks/o
            sinks: {o: {from: [s], connector: topic}}                        | 'from' takes one value, not a list                  | /spec/sinks/o/from
            sinks: {o: {from: s, connector: topic, to: x}}                   | 'to' is not a key of the sink 'o'                   | /spec/sinks/o
            sinks: {o-o: {from: s, connector: topic}}                        | 'o-o' is not a name                                 | /spec/sinks
            """)
    void shouldRefuseAWrongRuleOrSink(String part, String problem, String place) {
        String spec = "{sources: {s: {connector: topic}}, " + part + "}";
        assertRefused(DocumentKind.PIPELINE, PIPELINE + spec, problem, place);
        assertRefused(DocumentKind.PIPELINE_TEST, "tests: [{name: t}]\nspec: " + spec, problem, place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {url: x}                                             | 'type' is missing                               | /spec
            {type: mongo}                                        | There is no connection of type 'mongo'          | /spec/type
            {type: JDBC}                                         | did you mean 'jdbc'                             | /spec/type
            {type: jdbc, url: }                                  | 'url' has no value                              | /spec/url
            {type: jdbc, url: {host: x}}                         | 'url' takes a value or a list, not a mapping    | /spec/url
            {type: jdbc, password: hunter2}                      | 'password' is a secret                          | /spec/password
            {type: jdbc, password: 1234}                         | 'password' is a secret                          | /spec/password
            {type: jdbc, password: []}                           | 'password' is a secret                          | /spec/password
            {type: http, apiToken: hunter2}                      | 'apiToken' is a secret                          | /spec/apiToken
            {type: http, CLIENT_SECRET: hunter2}                 | 'CLIENT_SECRET' is a secret                     | /spec/CLIENT_SECRET
            {type: http, tokens: ["${env:A}", "hunter2}"]}       | 'tokens' is a secret                            | /spec/tokens/1
            """)
    void shouldRefuseAWrongConnection(String spec, String problem, String place) {
        assertRefused(DocumentKind.CONNECTION, CONNECTION + spec, problem, place);
    }

    @Test
    void shouldRefuseTheWrongLabelsOfAConnection() {
        String yaml = (CONNECTION + "{type: s3}").replace("{name: c}", "{name: c, labels: [a]}");
        assertRefused(DocumentKind.CONNECTION, yaml, "'labels' takes a mapping, not a list", "/metadata/labels");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {tests: [{name: t}]}                                                                     | A test names its pipeline, or has its spec      | -
            {pipeline: p.yaml, spec: {sources: {s: {connector: topic}}}, tests: [{name: t}]}         | A test names its pipeline, or has its spec      | -
            {pipeline: [p.yaml], tests: [{name: t}]}                                                 | 'pipeline' takes one value, not a list          | /pipeline
            {pipeline: p.yaml}                                                                       | There are no tests                              | -
            {pipeline: p.yaml, tests: []}                                                            | There are no tests                              | /tests
            {pipeline: p.yaml, tests: }                                                              | There are no tests                              | /tests
            {pipeline: p.yaml, tests: [t]}                                                           | the test is a mapping, not a single value       | /tests/0
            {pipeline: p.yaml, test: [{name: t}]}                                                    | did you mean 'tests'                            | -
            {pipeline: p.yaml, tests: [{}]}                                                          | 'name' is missing                               | /tests/0
            {pipeline: p.yaml, tests: [{name: t, inputs: []}]}                                       | did you mean 'input'                            | /tests/0
            {pipeline: p.yaml, tests: [{name: t, input: [s]}]}                                       | an input is a mapping, not a single value       | /tests/0/input/0
            {pipeline: p.yaml, tests: [{name: t, input: [{value: {}}]}]}                             | 'to' is missing                                 | /tests/0/input/0
            {pipeline: p.yaml, tests: [{name: t, input: [{to: s}]}]}                                 | In an input, 'value' is missing                 | /tests/0/input/0
            {pipeline: p.yaml, tests: [{name: t, input: [{to: s, value: 5}]}]}                       | 'value' takes a mapping, not a single value     | /tests/0/input/0/value
            {pipeline: p.yaml, tests: [{name: t, input: [{to: s, value: {a: {b: c}}}]}]}             | The value of a column is one value or a list    | /tests/0/input/0/value/a
            {pipeline: p.yaml, tests: [{name: t, input: [{to: s, value: {a: [{b: c}]}}]}]}           | The value of a column is one value or a list    | /tests/0/input/0/value/a/0
            {pipeline: p.yaml, tests: [{name: t, input: [{to: s, value: {}, timestamp: }]}]}         | 'timestamp' takes one value, not nothing        | /tests/0/input/0/timestamp
            {pipeline: p.yaml, tests: [{name: t, input: [{to: s, value: {}, headers: {}}]}]}         | 'headers' is not a key of an input              | /tests/0/input/0
            {pipeline: p.yaml, tests: [{name: t, output: []}]}                                       | 'output' takes a mapping, not a list            | /tests/0/output
            {pipeline: p.yaml, tests: [{name: t, output: {a: 5}}]}                                   | a row is a mapping, not a single value          | /tests/0/output/a
            {pipeline: p.yaml, tests: [{name: t, output: {a: {value: {}}}}]}                         | 'value' is not a key of the output 'a'          | /tests/0/output/a
            {pipeline: p.yaml, tests: [{name: t, output: {a: {order: first}}}]}                      | The order is any or last, not first             | /tests/0/output/a/order
            {pipeline: p.yaml, tests: [{name: t, output: {a: [{values: {}}]}}]}                      | did you mean 'value'                            | /tests/0/output/a/0
            {pipeline: p.yaml, tests: [{name: t, quarantine: [late]}]}                               | a row in quarantine is a mapping                | /tests/0/quarantine/0
            {pipeline: p.yaml, tests: [{name: t, quarantine: [{why: late}]}]}                        | 'why' is not a key of a row in quarantine       | /tests/0/quarantine/0
            {pipeline: p.yaml, tests: [{name: t, quarantine: [{reason: [late]}]}]}                   | 'reason' takes one value, not a list            | /tests/0/quarantine/0/reason
            """)
    void shouldRefuseAWrongTest(String yaml, String problem, String place) {
        assertRefused(DocumentKind.PIPELINE_TEST, yaml, problem, place);
    }

    private static void assertRefused(DocumentKind kind, String yaml, String problem, String place) {
        assertThat(Verdicts.ofReader(kind, yaml))
                .as("reader of %s: %s", kind, yaml)
                .extracting(Problem::toString)
                .anyMatch(text -> text.contains(problem));
        JsonNode json = Corpus.documents("p.yaml", yaml).get(0).json();
        assertThat(Verdicts.ofSchema(kind, json))
                .as("schema of %s: %s", kind, yaml)
                .extracting(error -> error.getInstanceLocation().toString())
                .contains(place == null ? "" : place);
    }
}
