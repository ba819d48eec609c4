-- By hand: whether a server has somebody in a room, and what was said at a time.
CREATE INDEX "memberships_remote" ON "memberships"("room_nid", (substr("user_id", strpos("user_id", ':') + 1)), "membership") WHERE NOT "is_local";
CREATE INDEX "events_by_time" ON "events"("room_nid", "origin_server_ts") WHERE "position" IS NOT NULL AND "verdict" = 0;
