package io.millrace.local;

import io.millrace.cli.CommandProvider;
import io.millrace.local.demo.DemoCommand;
import java.util.List;

/** The commands that come with the embedded stack: {@code local} and {@code demo}. */
public final class StackCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new LocalCommand(), new DemoCommand());
    }
}
