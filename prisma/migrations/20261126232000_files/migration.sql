-- AlterTable
ALTER TABLE "media" ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "is_complete" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "upload_id" TEXT;

-- AlterTable
ALTER TABLE "remote_media" DROP CONSTRAINT "remote_media_pkey",
ADD COLUMN     "is_whole" BOOLEAN NOT NULL DEFAULT false,
ADD CONSTRAINT "remote_media_pkey" PRIMARY KEY ("server_name", "media_id", "is_whole");

-- CreateTable
CREATE TABLE "media_uses" (
    "media_id" TEXT NOT NULL,
    "event_nid" BIGINT NOT NULL,

    CONSTRAINT "media_uses_pkey" PRIMARY KEY ("media_id","event_nid")
);

-- CreateIndex
CREATE INDEX "media_uses_event_nid_idx" ON "media_uses"("event_nid");

-- CreateIndex
CREATE UNIQUE INDEX "media_owner_id_upload_id_key" ON "media"("owner_id", "upload_id");
