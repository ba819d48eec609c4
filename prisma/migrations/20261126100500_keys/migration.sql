-- CreateTable
CREATE TABLE "device_keys" (
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "json" TEXT NOT NULL,

    CONSTRAINT "device_keys_pkey" PRIMARY KEY ("user_id", "device_id")
);

-- CreateTable
CREATE TABLE "one_time_keys" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "json" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fallback_keys" (
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "json" TEXT NOT NULL,
    "is_used" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "fallback_keys_pkey" PRIMARY KEY ("user_id", "device_id", "algorithm")
);

-- CreateTable
CREATE TABLE "cross_signing_keys" (
    "user_id" TEXT NOT NULL,
    "usage" TEXT NOT NULL,
    "json" TEXT NOT NULL,

    CONSTRAINT "cross_signing_keys_pkey" PRIMARY KEY ("user_id", "usage")
);

-- CreateTable
CREATE TABLE "key_signatures" (
    "signer_id" TEXT NOT NULL,
    "key_name" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "key_signatures_pkey" PRIMARY KEY ("user_id", "target", "signer_id", "key_name")
);

-- CreateTable
CREATE TABLE "device_list_changes" (
    "user_id" TEXT NOT NULL,
    "only_for" TEXT NOT NULL DEFAULT '',
    "stream_position" BIGINT NOT NULL,
    "list_id" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "device_list_changes_pkey" PRIMARY KEY ("user_id", "only_for")
);

-- CreateTable
CREATE TABLE "to_device_messages" (
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "stream_position" BIGINT NOT NULL,
    "sender" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "is_encrypted" BOOLEAN NOT NULL,

    CONSTRAINT "to_device_messages_pkey" PRIMARY KEY ("user_id", "device_id", "stream_position")
);

-- CreateTable
CREATE TABLE "dropped_to_device" (
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "dropped_to_device_pkey" PRIMARY KEY ("user_id", "device_id")
);

-- CreateTable
CREATE TABLE "received_to_device" (
    "origin" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "received_to_device_pkey" PRIMARY KEY ("origin", "message_id")
);

-- CreateTable
CREATE TABLE "key_backups" (
    "user_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "algorithm" TEXT NOT NULL,
    "auth_data" TEXT NOT NULL,
    "etag" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "key_backups_pkey" PRIMARY KEY ("user_id", "version")
);

-- CreateTable
CREATE TABLE "backed_up_keys" (
    "user_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "room_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "first_message_index" BIGINT NOT NULL,
    "forwarded_count" BIGINT NOT NULL,
    "is_verified" BOOLEAN NOT NULL,
    "json" TEXT NOT NULL,

    CONSTRAINT "backed_up_keys_pkey" PRIMARY KEY ("user_id", "version", "room_id", "session_id")
);

-- CreateTable
CREATE TABLE "dehydrated_devices" (
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL DEFAULT '',
    "device_data" TEXT NOT NULL,

    CONSTRAINT "dehydrated_devices_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "remote_device_lists" (
    "user_id" TEXT NOT NULL,
    "stream_id" BIGINT NOT NULL,
    "is_stale" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "remote_device_lists_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "remote_devices" (
    "user_id" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "display_name" TEXT,
    "json" TEXT NOT NULL,

    CONSTRAINT "remote_devices_pkey" PRIMARY KEY ("user_id", "device_id")
);

-- CreateTable
CREATE TABLE "outgoing_edus" (
    "destination" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "content" TEXT NOT NULL,

    CONSTRAINT "outgoing_edus_pkey" PRIMARY KEY ("destination", "id")
);

-- CreateIndex
CREATE UNIQUE INDEX "one_time_keys_user_id_device_id_algorithm_key_id_key" ON "one_time_keys"("user_id", "device_id", "algorithm", "key_id");

-- CreateIndex
CREATE INDEX "one_time_keys_claimed_at_idx" ON "one_time_keys"("claimed_at");

-- CreateIndex
CREATE INDEX "key_signatures_signer_id_idx" ON "key_signatures"("signer_id");

-- CreateIndex
CREATE INDEX "device_list_changes_stream_position_idx" ON "device_list_changes"("stream_position");

-- CreateIndex
CREATE INDEX "to_device_messages_stream_position_idx" ON "to_device_messages"("stream_position");

-- CreateIndex
CREATE INDEX "received_to_device_received_at_idx" ON "received_to_device"("received_at");

-- CreateIndex
CREATE INDEX "remote_device_lists_is_stale_next_try_at_idx" ON "remote_device_lists"("is_stale", "next_try_at");

-- By hand: the oldest key that was not handed out yet, whatever was.
CREATE INDEX "one_time_keys_next" ON "one_time_keys"("user_id", "device_id", "algorithm", "id") WHERE "claimed_at" IS NULL;
