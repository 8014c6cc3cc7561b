# Writes open series that no constant of the automatic choice was picked on, of R's own datasets and of its package AER (Kleiber and
# Zeileis): Rscript forecast-other-series.R FOLDER; one csv each, time and value, of 66 steps or more, the longest stretch without gaps.
suppressMessages(library(AER))
folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

write_one <- function(name, y) {
  y <- na.contiguous(y)
  if (!(frequency(y) %in% c(1, 4, 12)) || length(y) < 66) return(invisible())
  t <- if (frequency(y) == 1) seq_along(y) else as.numeric(time(y))
  write.csv(data.frame(t = t, value = as.numeric(y)), file.path(folder, paste0(name, ".csv")), row.names = FALSE)
}

write_all <- function(name, y, columns = colnames(y)) {
  if (is.null(dim(y))) return(write_one(name, y))
  for (column in columns) write_one(paste0(name, "_", gsub("[^A-Za-z0-9]", "", column)), y[, column])
}

for (name in c("JohnsonJohnson", "LakeHuron", "USAccDeaths", "WWWusage", "austres", "discoveries", "lynx", "presidents", "sunspot.year")) {
  write_all(name, get(name))
}
# Its other columns are among the series that the benchmark has anyway, or no series.
write_all("Seatbelts", Seatbelts, c("front", "rear", "VanKilled", "kms", "PetrolPrice"))
for (name in c("ArgentinaCPI", "ConsumerGood", "DutchSales", "FrozenJuice", "GermanUnemployment", "MotorCycles2",
    "OrangeCounty", "PepperPrice", "UKNonDurables", "USMacroB", "USMacroG", "USMacroSW", "USMacroSWM", "USMacroSWQ", "USMoney",
    "USProdIndex", "USStocksSW")) {
  data(list = name, package = "AER")
  write_all(name, get(name))
}
