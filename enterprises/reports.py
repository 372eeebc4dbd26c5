"""Files about one record that this app's people may ask for."""

from enterprises.onefile.making import KEY, write
from listings.reporting import Report

REPORTS = [Report(KEY, write)]
