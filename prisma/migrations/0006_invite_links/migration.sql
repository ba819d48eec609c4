-- CreateTable
CREATE TABLE "invite_links" (
    "id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "room_nid" INTEGER NOT NULL,
    "creator_id" TEXT NOT NULL,
    "uses_allowed" INTEGER,
    "uses_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "invite_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invite_links_token_hash_key" ON "invite_links"("token_hash");

-- CreateIndex
CREATE INDEX "invite_links_room_nid_idx" ON "invite_links"("room_nid");
