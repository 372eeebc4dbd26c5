"""Files about one record that this app's people may ask for."""

from enterprises.onefile import making
from enterprises.sources import features
from listings.reporting import Report

REPORTS = [Report(making.KEY, making.write), Report(features.KEY, features.write)]
