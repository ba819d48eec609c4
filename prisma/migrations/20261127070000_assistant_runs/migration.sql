-- CreateTable
CREATE TABLE "assistant_runs" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "room_id" TEXT,
    "kind" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "prompt_version" INTEGER NOT NULL,
    "message_count" INTEGER NOT NULL,
    "first_event_id" TEXT,
    "last_event_id" TEXT,
    "prompt_hmac" BYTEA NOT NULL,
    "prompt_tokens" INTEGER NOT NULL,
    "answer_tokens" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "assistant_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "assistant_runs_started_at_idx" ON "assistant_runs"("started_at");

