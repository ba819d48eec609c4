-- AlterTable
ALTER TABLE "rooms" ADD COLUMN     "encryption" TEXT;

-- Rooms of other servers may have been encrypted before this one looked. What a stored event says is not parsed here:
-- content that PostgreSQL would refuse must not stop a migration.
UPDATE "rooms" r SET "encryption" = '{"algorithm":"m.megolm.v1.aes-sha2"}'
FROM "current_state" s JOIN "events" e ON e."nid" = s."event_nid"
WHERE s."room_nid" = r."nid" AND s."type" = 'm.room.encryption' AND s."state_key" = ''
	AND e."json" LIKE '%"algorithm":"m.megolm.v1.aes-sha2"%';
