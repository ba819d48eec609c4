-- CreateTable
CREATE TABLE "server_keys" (
    "server_name" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "valid_until_ts" BIGINT,
    "received_ts" BIGINT NOT NULL,
    "expired_ts" BIGINT,

    CONSTRAINT "server_keys_pkey" PRIMARY KEY ("server_name","key_id")
);

-- CreateTable
CREATE TABLE "received_transactions" (
    "origin" TEXT NOT NULL,
    "txn_id" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "received_transactions_pkey" PRIMARY KEY ("origin","txn_id")
);

-- CreateTable
CREATE TABLE "received_pdus" (
    "id" BIGSERIAL NOT NULL,
    "room_id" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "json" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "received_pdus_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destinations" (
    "server_name" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "destinations_pkey" PRIMARY KEY ("server_name")
);

-- CreateIndex
CREATE INDEX "received_transactions_received_at_idx" ON "received_transactions"("received_at");

-- CreateIndex
CREATE INDEX "received_pdus_next_try_at_idx" ON "received_pdus"("next_try_at");

-- CreateIndex
CREATE UNIQUE INDEX "received_pdus_room_id_event_id_origin_key" ON "received_pdus"("room_id", "event_id", "origin");
