-- CreateTable
CREATE TABLE "resolved_marks" (
    "room_nid" INTEGER NOT NULL,
    "state_key" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "resolved_marks_pkey" PRIMARY KEY ("room_nid","state_key","position")
);

-- CreateTable
CREATE TABLE "room_moves" (
    "old_room_nid" INTEGER NOT NULL,
    "new_room_nid" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "room_moves_pkey" PRIMARY KEY ("old_room_nid")
);

-- CreateIndex
CREATE INDEX "resolved_marks_position_idx" ON "resolved_marks"("position");
-- By hand: what the schema language cannot say. Kept when this file is generated again.

-- Numbers for events that are not in the stream, and for states that no single event leads to; history counts backwards.
CREATE SEQUENCE "event_aside_nids" AS BIGINT INCREMENT BY -1 MAXVALUE -1 START WITH -1;

-- The few events that took their place in the stream after they were known: their number is not their position.
CREATE INDEX "events_placed_later" ON "events"("position") WHERE "position" <> "nid";
