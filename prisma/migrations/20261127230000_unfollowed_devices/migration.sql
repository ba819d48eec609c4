-- AlterTable
ALTER TABLE "remote_devices" ADD COLUMN     "let_go_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "remote_devices_let_go_at_idx" ON "remote_devices"("let_go_at");
