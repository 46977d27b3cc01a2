SELECT bidder, count(*), min(ts), max(ts) + INTERVAL 10 SECOND FROM (
  SELECT *, sum(is_first) OVER (PARTITION BY bidder ORDER BY ts) AS session FROM (
    SELECT *, CASE WHEN ts - lag(ts) OVER (PARTITION BY bidder ORDER BY ts) <= INTERVAL 10 SECOND THEN 0 ELSE 1 END AS is_first FROM bid))
GROUP BY bidder, session
