-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "localpart" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "is_owner" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "device_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "acked_position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration_tokens" (
    "token_hash" TEXT NOT NULL,
    "makes_owner" BOOLEAN NOT NULL DEFAULT false,
    "uses_allowed" INTEGER NOT NULL,
    "uses_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "registration_tokens_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "stream_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "position" BIGINT NOT NULL,

    CONSTRAINT "stream_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rooms" (
    "nid" SERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "creator_id" TEXT NOT NULL,
    "create_txn_id" TEXT,
    "head_position" BIGINT NOT NULL,
    "depth" BIGINT NOT NULL,
    "state_group_id" BIGINT,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "last_message_nid" BIGINT,
    "last_activity" BIGINT NOT NULL,
    "name" TEXT,
    "topic" TEXT,
    "avatar_url" TEXT,
    "join_rule" TEXT NOT NULL DEFAULT 'invite',
    "history_visibility" TEXT NOT NULL DEFAULT 'shared',
    "joined_count" INTEGER NOT NULL DEFAULT 0,
    "invited_count" INTEGER NOT NULL DEFAULT 0,
    "replacement_room_id" TEXT,

    CONSTRAINT "rooms_pkey" PRIMARY KEY ("nid")
);

-- CreateTable
CREATE TABLE "events" (
    "nid" BIGINT NOT NULL,
    "room_nid" INTEGER NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "state_key" TEXT,
    "sender" TEXT NOT NULL,
    "depth" BIGINT NOT NULL,
    "origin_server_ts" BIGINT NOT NULL,
    "position" BIGINT,
    "state_group_id" BIGINT,
    "message_ordinal" INTEGER NOT NULL DEFAULT 0,
    "txn_id" TEXT,
    "verdict" SMALLINT NOT NULL DEFAULT 0,
    "redacted_by_nid" BIGINT,
    "json" TEXT NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("nid")
);

-- CreateTable
CREATE TABLE "event_edges" (
    "event_nid" BIGINT NOT NULL,
    "prev_event_nid" BIGINT NOT NULL,

    CONSTRAINT "event_edges_pkey" PRIMARY KEY ("event_nid","prev_event_nid")
);

-- CreateTable
CREATE TABLE "forward_extremities" (
    "room_nid" INTEGER NOT NULL,
    "event_nid" BIGINT NOT NULL,

    CONSTRAINT "forward_extremities_pkey" PRIMARY KEY ("room_nid","event_nid")
);

-- CreateTable
CREATE TABLE "backward_extremities" (
    "room_nid" INTEGER NOT NULL,
    "prev_event_id" TEXT NOT NULL,
    "event_nid" BIGINT NOT NULL,

    CONSTRAINT "backward_extremities_pkey" PRIMARY KEY ("room_nid","prev_event_id","event_nid")
);

-- CreateTable
CREATE TABLE "state_groups" (
    "id" BIGINT NOT NULL,
    "room_nid" INTEGER NOT NULL,
    "base_id" BIGINT,
    "height" INTEGER NOT NULL,

    CONSTRAINT "state_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "state_group_entries" (
    "group_id" BIGINT NOT NULL,
    "event_nid" BIGINT NOT NULL,

    CONSTRAINT "state_group_entries_pkey" PRIMARY KEY ("group_id","event_nid")
);

-- CreateTable
CREATE TABLE "current_state" (
    "room_nid" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "state_key" TEXT NOT NULL,
    "event_nid" BIGINT NOT NULL,

    CONSTRAINT "current_state_pkey" PRIMARY KEY ("room_nid","type","state_key")
);

-- CreateTable
CREATE TABLE "auth_chain_entries" (
    "event_nid" BIGINT NOT NULL,
    "chain_id" BIGINT NOT NULL,
    "sequence" INTEGER NOT NULL,

    CONSTRAINT "auth_chain_entries_pkey" PRIMARY KEY ("event_nid")
);

-- CreateTable
CREATE TABLE "auth_chain_links" (
    "from_chain" BIGINT NOT NULL,
    "from_sequence" INTEGER NOT NULL,
    "to_chain" BIGINT NOT NULL,
    "to_sequence" INTEGER NOT NULL,

    CONSTRAINT "auth_chain_links_pkey" PRIMARY KEY ("from_chain","from_sequence","to_chain")
);

-- CreateTable
CREATE TABLE "memberships" (
    "room_nid" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "membership" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "event_nid" BIGINT NOT NULL,
    "display_name" TEXT,
    "avatar_url" TEXT,
    "is_local" BOOLEAN NOT NULL,
    "is_forgotten" BOOLEAN NOT NULL DEFAULT false,
    "joined_ordinal" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("room_nid","user_id")
);

-- CreateTable
CREATE TABLE "receipts" (
    "room_nid" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "is_public" BOOLEAN NOT NULL,
    "position" BIGINT NOT NULL,
    "message_ordinal" INTEGER NOT NULL,
    "ts" BIGINT NOT NULL,
    "stream_position" BIGINT NOT NULL,

    CONSTRAINT "receipts_pkey" PRIMARY KEY ("room_nid","user_id","is_public")
);

-- CreateTable
CREATE TABLE "mentions" (
    "room_nid" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "mentions_pkey" PRIMARY KEY ("room_nid","user_id","position")
);

-- CreateTable
CREATE TABLE "event_relations" (
    "event_nid" BIGINT NOT NULL,
    "target_event_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT,
    "sender" TEXT NOT NULL,

    CONSTRAINT "event_relations_pkey" PRIMARY KEY ("event_nid")
);

-- CreateTable
CREATE TABLE "room_aliases" (
    "alias" TEXT NOT NULL,
    "room_nid" INTEGER NOT NULL,
    "creator_id" TEXT NOT NULL,

    CONSTRAINT "room_aliases_pkey" PRIMARY KEY ("alias")
);

-- CreateTable
CREATE TABLE "outbox_entries" (
    "destination" TEXT NOT NULL,
    "event_nid" BIGINT NOT NULL,

    CONSTRAINT "outbox_entries_pkey" PRIMARY KEY ("destination","event_nid")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_localpart_key" ON "users"("localpart");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_user_id_device_id_key" ON "sessions"("user_id", "device_id");

-- CreateIndex
CREATE UNIQUE INDEX "rooms_id_key" ON "rooms"("id");

-- CreateIndex
CREATE UNIQUE INDEX "rooms_creator_id_create_txn_id_key" ON "rooms"("creator_id", "create_txn_id");

-- CreateIndex
CREATE UNIQUE INDEX "events_event_id_key" ON "events"("event_id");

-- CreateIndex
CREATE INDEX "events_room_nid_position_idx" ON "events"("room_nid", "position");

-- CreateIndex
CREATE INDEX "event_edges_prev_event_nid_idx" ON "event_edges"("prev_event_nid");

-- CreateIndex
CREATE UNIQUE INDEX "auth_chain_entries_chain_id_sequence_key" ON "auth_chain_entries"("chain_id", "sequence");

-- CreateIndex
CREATE INDEX "memberships_user_id_membership_idx" ON "memberships"("user_id", "membership");

-- CreateIndex
CREATE INDEX "memberships_room_nid_membership_event_nid_idx" ON "memberships"("room_nid", "membership", "event_nid");

-- CreateIndex
CREATE INDEX "receipts_stream_position_idx" ON "receipts"("stream_position");

-- CreateIndex
CREATE INDEX "event_relations_target_event_id_kind_event_nid_idx" ON "event_relations"("target_event_id", "kind", "event_nid");

-- CreateIndex
CREATE INDEX "room_aliases_room_nid_idx" ON "room_aliases"("room_nid");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- By hand: what the schema language cannot say. Kept when this file is generated again.

-- A retry of a client's transaction finds the first answer.
CREATE UNIQUE INDEX "events_txn" ON "events"("room_nid", "sender", "txn_id") WHERE "txn_id" IS NOT NULL;

-- The state at a position of the past.
CREATE INDEX "events_state" ON "events"("room_nid", "type", "state_key", "position") WHERE "state_key" IS NOT NULL;

-- The stream begins: its one row is locked by each append.
INSERT INTO "stream_head"("id", "position") VALUES (1, 1);
