WITH hops AS (
  SELECT auction, (epoch_ms(ts) // 2000) * 2000 - i * 2000 AS started FROM bid, range(5) AS r(i)),
counts AS (SELECT auction, started, count(*) AS bids FROM hops GROUP BY ALL)
SELECT auction, make_timestamp(started * 1000), make_timestamp((started + 10000) * 1000), bids
FROM counts AS c WHERE bids = (SELECT max(bids) FROM counts AS m WHERE m.started = c.started)
