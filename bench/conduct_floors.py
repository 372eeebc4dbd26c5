"""What a reader of the same rows must do at least in each pass of `bench.conduct`: read, count, and store nothing."""

STANDING = """
SELECT count(*), sum(h.n) FROM enterprises_enterprise e
LEFT JOIN (SELECT enterprise_id, count(*) AS n FROM hazards_hazard WHERE state <> 'not_hazard'
           GROUP BY enterprise_id) h ON h.enterprise_id = e.id
"""
DOUBTS = {
    "nothing_found": """
        SELECT count(*), sum(v.n), sum(h.n)
        FROM (SELECT enterprise_id, count(*) AS n FROM inspections_visit
              WHERE kind = 'self_check' AND state = 'finished' AND finished_at >= %(since)s GROUP BY enterprise_id) v
        FULL JOIN (SELECT enterprise_id, count(*) AS n FROM hazards_hazard
                   WHERE found_at >= %(since)s AND source = ANY(%(own)s) GROUP BY enterprise_id) h USING (enterprise_id)
    """,
    # Equal texts taken together, within an enterprise and within a county: likeness has no bare form.
    "copied_text": """
        WITH told AS (
            SELECT enterprise_id, county_code, 'p' AS what, description AS words FROM hazards_hazard
            WHERE found_at >= %(since)s AND source = ANY(%(own)s)
            UNION ALL
            SELECT enterprise_id, county_code, 'r', rectification_text FROM hazards_hazard
            WHERE found_at >= %(since)s AND rectification_text <> ''
        )
        SELECT (SELECT count(*) FROM (SELECT FROM told GROUP BY enterprise_id, what, words) AS within),
               (SELECT count(*) FROM (SELECT FROM told GROUP BY county_code, what, words) AS between_them)
    """,
    "same_photo": """
        SELECT count(*), sum(n) FROM (
            SELECT h.enterprise_id, count(*) AS n
            FROM attachments_attachment a JOIN hazards_hazard h ON h.id = a.target_id
            WHERE a.target_type_id = %(hazard)s AND a.uploaded_at >= %(year_ago)s GROUP BY h.enterprise_id) AS photos
    """,
    "old_photo": """
        SELECT count(*), count(*) FILTER (WHERE a.taken_at < h.found_at)
        FROM attachments_attachment a JOIN hazards_hazard h ON h.id = a.target_id
        WHERE a.target_type_id = %(hazard)s AND a.purpose = 'after' AND a.uploaded_at >= %(since)s
    """,
    "too_fast": """
        SELECT count(*), count(*) FILTER (WHERE ended_at - started_at < item_count * interval '5 seconds' AND EXISTS (
                   SELECT FROM inspections_answer a WHERE a.visit_id = v.id AND a.at_once))
        FROM inspections_visit v WHERE kind = 'self_check' AND state = 'finished' AND finished_at >= %(since)s
    """,
    "contradicted": """
        SELECT count(*) FROM hazards_hazard h
        JOIN inspections_visit v ON v.enterprise_id = h.enterprise_id AND v.kind = 'self_check'
          AND v.state = 'finished' AND v.finished_at BETWEEN h.found_at - interval '7 days' AND h.found_at
        WHERE h.found_at >= %(since)s AND h.source <> ALL(%(own)s)
    """,
}
STOPS = """
SELECT count(*), count(s.id), count(d.id) FROM inspections_patrolroute r
JOIN enterprises_enterprise e ON e.grid_id = r.grid_id
LEFT JOIN inspections_patrolstop s ON s.route_id = r.id AND s.enterprise_id = e.id
LEFT JOIN deadlines_deadline d ON d.target_type_id = %(stop)s AND d.target_id = s.id AND d.settled_at IS NULL
"""
SELF_CHECKS = """
SELECT count(*), count(d.id) FROM inspections_selfchecklist l JOIN enterprises_enterprise e ON e.id = l.enterprise_id
LEFT JOIN deadlines_deadline d ON d.target_type_id = %(list)s AND d.target_id = l.id AND d.settled_at IS NULL
WHERE l.state = 'accepted'
"""
# The hazards of twelve months by town and industry, once for what was found and once for what was due.
MONTHS = """
SELECT (SELECT count(*) FROM (SELECT h.town_code, e.regulatory_category, date_trunc('month', h.found_at), count(*)
                              FROM hazards_hazard h JOIN enterprises_enterprise e ON e.id = h.enterprise_id
                              WHERE h.found_at >= %(year_ago)s GROUP BY 1, 2, 3) AS found),
       (SELECT count(*) FROM (SELECT h.town_code, e.regulatory_category, date_trunc('month', h.deadline_on), count(*)
                              FROM hazards_hazard h JOIN enterprises_enterprise e ON e.id = h.enterprise_id
                              WHERE h.deadline_on >= %(year_ago)s::date GROUP BY 1, 2, 3) AS due)
"""
