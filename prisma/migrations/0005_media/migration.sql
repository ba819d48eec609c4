-- AlterTable
ALTER TABLE "users" ADD COLUMN     "avatar_url" TEXT,
ADD COLUMN     "is_profile_new" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "media" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "media_owner_id_idx" ON "media"("owner_id");

-- CreateIndex
CREATE INDEX "media_created_at_idx" ON "media"("created_at");

-- By hand: what the schema language cannot say. Kept when this file is generated again.

-- Who shows a picture: asked before it is removed. Most people and rooms have none.
CREATE INDEX "users_avatar" ON "users"("avatar_url") WHERE "avatar_url" IS NOT NULL;
CREATE INDEX "rooms_avatar" ON "rooms"("avatar_url") WHERE "avatar_url" IS NOT NULL;
CREATE INDEX "memberships_avatar" ON "memberships"("avatar_url") WHERE "avatar_url" IS NOT NULL;

-- Whose name or picture has yet to reach their rooms.
CREATE INDEX "users_new_profile" ON "users"("id") WHERE "is_profile_new";
