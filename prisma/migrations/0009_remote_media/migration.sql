-- CreateTable
CREATE TABLE "remote_media" (
    "server_name" TEXT NOT NULL,
    "media_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "remote_media_pkey" PRIMARY KEY ("server_name","media_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "remote_media_id_key" ON "remote_media"("id");

-- CreateIndex
CREATE INDEX "remote_media_used_at_idx" ON "remote_media"("used_at");
