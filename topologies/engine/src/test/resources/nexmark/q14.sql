SELECT auction, bidder, 0.908 * price, CASE WHEN hour(ts) BETWEEN 8 AND 18 THEN 'day'
  WHEN hour(ts) <= 6 OR hour(ts) >= 20 THEN 'night' ELSE 'other' END, ts, extra, length(extra) - length(replace(extra, 'c', ''))
FROM bid WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000
