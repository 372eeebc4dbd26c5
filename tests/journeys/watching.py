"""What no page may do while somebody uses it: throw, offend the content policy, miss a file, or break the server."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Response

# The browser names the directive and the line; the event arrives even where the console stays silent.
REPORT = """document.addEventListener("securitypolicyviolation", event => console.error(
  "content policy: " + event.effectiveDirective + " refused " + (event.blockedURI || event.sample)
  + " at " + event.sourceFile + ":" + event.lineNumber))"""
# The browser's own line about an answer of 4xx; the answers themselves are looked at below.
ANSWERED = "Failed to load resource"


class Watch:
    """Gathers the faults of all pages of a test."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.broken_on_purpose: set[str] = set()

    def report(self) -> str:
        """Return every fault once, a line each."""
        return "\n".join(dict.fromkeys(self.faults))

    def over(self, context: BrowserContext) -> None:
        """Watch every page of this browser."""
        context.add_init_script(REPORT)
        context.on("weberror", lambda error: self.faults.append(f"thrown: {error.error}"))
        context.on("console", self.hear)
        context.on("response", self.look)

    def hear(self, message: ConsoleMessage) -> None:
        """Take down what the browser complains about."""
        if message.type in {"error", "warning"} and ANSWERED not in message.text:
            self.faults.append(f"{message.type}: {message.text}")

    def look(self, response: Response) -> None:
        """Take down a server error, a missing file of ours, and whatever is fetched from elsewhere."""
        path = urlsplit(response.url).path
        if response.status >= 500 and path not in self.broken_on_purpose:
            self.faults.append(f"{response.status}: {path}")
        if response.status >= 400 and path.startswith("/static/"):
            self.faults.append(f"{response.status}: {path}")
        if response.url.startswith("http") and not response.url.startswith(self.address):
            self.faults.append(f"from elsewhere: {response.url}")
