-- Rooms that gather others are of a kind of their own. Events are stored without spaces between their parts.
UPDATE rooms r SET kind = 'space' FROM current_state s JOIN events e ON e.nid = s.event_nid
WHERE s.room_nid = r.nid AND s.type = 'm.room.create' AND s.state_key = '' AND e.json LIKE '%"type":"m.space"%';
