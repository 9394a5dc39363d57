export default function incomes({ countries }, { resources: { currency } }) {
  return countries.map(({ country, region, income }) => ({
    country,
    region,
    income: currency.from(income),
  }));
}
