"""Both servers together."""

from config.embedded.errors import EmbeddedError
from config.embedded.postgres import Postgres
from config.embedded.state import State, data_folder
from config.embedded.valkey import Valkey


class Servers:
    """The embedded servers of one data folder, by the environment variable that leads to each."""

    def __init__(self, folder=None):
        self.state = State(folder or data_folder())
        self.postgres = Postgres(self.state)
        self.valkey = Valkey(self.state)
        self.by_variable = {"DATABASE_URL": self.postgres, "REDIS_URL": self.valkey}

    def up(self, variables=None):
        """Start the servers behind the variables (all by default); the variables of those it started.

        Raises EmbeddedError where one does not start; then none of this call's is left running.
        """
        started = []
        with self.state.locked():
            try:
                for variable in self.by_variable if variables is None else variables:
                    started += [variable] if self.by_variable[variable].up() else []
            except EmbeddedError:
                for variable in started:
                    self.by_variable[variable].down()
                raise
        return started

    def down(self, variables=None):
        """Stop them; the variables whose server this call stopped."""
        wanted = self.by_variable if variables is None else variables
        with self.state.locked():
            return [variable for variable in wanted if self.by_variable[variable].down()]

    def env(self):
        """The addresses, as environment variables."""
        return {variable: server.url for variable, server in self.by_variable.items()}
