"""What the engine says to the parts that live on visits. Sent inside the transaction of the verb."""

from django.dispatch import Signal

# Arguments: visit, by, at. A receiver that raises takes the finishing back.
visit_finished = Signal()
