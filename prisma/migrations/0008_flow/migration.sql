-- AlterTable
ALTER TABLE "outbox_entries" DROP CONSTRAINT "outbox_entries_pkey",
ADD COLUMN     "from_position" BIGINT,
ADD COLUMN     "id" BIGSERIAL NOT NULL,
ADD COLUMN     "room_nid" INTEGER NOT NULL,
ADD CONSTRAINT "outbox_entries_pkey" PRIMARY KEY ("destination", "id");

-- CreateIndex
CREATE INDEX "outbox_entries_id_idx" ON "outbox_entries"("id");

-- CreateIndex
CREATE INDEX "outbox_entries_room_nid_idx" ON "outbox_entries"("room_nid");

-- CreateIndex
CREATE INDEX "received_pdus_origin_idx" ON "received_pdus"("origin");
