-- AlterTable
ALTER TABLE "users" ADD COLUMN     "is_bot" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "assistant_bots" (
    "user_id" TEXT NOT NULL,
    "session_id" TEXT,
    "generation" BIGINT NOT NULL DEFAULT 0,
    "sealed_identity" BYTEA,
    "stream_position" BIGINT,

    CONSTRAINT "assistant_bots_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "assistant_bot_records" (
    "table" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "assistant_bot_records_pkey" PRIMARY KEY ("table","key")
);

-- CreateTable
CREATE TABLE "assistant_bot_rooms" (
    "room_id" TEXT NOT NULL,
    "joined_position" BIGINT NOT NULL,
    "digest_at" TIMESTAMPTZ(3),

    CONSTRAINT "assistant_bot_rooms_pkey" PRIMARY KEY ("room_id")
);
