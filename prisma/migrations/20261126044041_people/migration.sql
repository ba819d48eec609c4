-- AlterTable
ALTER TABLE "destinations" ADD COLUMN     "catch_up_id" BIGINT,
ADD COLUMN     "catch_up_total" INTEGER;

-- CreateTable
CREATE TABLE "federation_settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "invitation_policy" TEXT,

    CONSTRAINT "federation_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "server_rules" (
    "pattern" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "server_rules_pkey" PRIMARY KEY ("pattern")
);

-- CreateTable
CREATE TABLE "blocked_people" (
    "user_id" TEXT NOT NULL,
    "blocked_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blocked_people_pkey" PRIMARY KEY ("user_id","blocked_id")
);

-- CreateTable
CREATE TABLE "reports" (
    "id" BIGSERIAL NOT NULL,
    "reporter_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "room_id" TEXT NOT NULL DEFAULT '',
    "room_name" TEXT,
    "words" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "blocked_people_blocked_id_idx" ON "blocked_people"("blocked_id");

-- CreateIndex
CREATE INDEX "reports_settled_at_created_at_idx" ON "reports"("settled_at", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "reports_reporter_id_subject_id_room_id_key" ON "reports"("reporter_id", "subject_id", "room_id");
