-- CreateTable
CREATE TABLE "account_data" (
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "stream_position" BIGINT NOT NULL,

    CONSTRAINT "account_data_pkey" PRIMARY KEY ("user_id","type")
);

-- CreateTable
CREATE TABLE "last_seen" (
    "user_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "last_seen_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "account_data_stream_position_idx" ON "account_data"("stream_position");
