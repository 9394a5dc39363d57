import { ConfigurableResource } from 'headwater';
import { z } from 'zod';

export default class Currency extends ConfigurableResource(
  z.object({
    code: z.string().min(3).max(3).default('USD').describe('Three letters: EUR, JPY'),
    perDollar: z.number().positive().default(1).describe('What one dollar is worth'),
  }),
) {
  from(dollars: number): number {
    return Math.round(dollars * this.perDollar);
  }

  text(amount: number): string {
    return `${amount} ${this.code}`;
  }
}
