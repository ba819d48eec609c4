-- AlterTable
ALTER TABLE "rooms" ADD COLUMN     "renewed_at" BIGINT NOT NULL DEFAULT 0;
